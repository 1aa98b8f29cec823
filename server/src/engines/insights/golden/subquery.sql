-- filter user in (SOURCE "/other" | filter blocked = 1 | fields user) | limit 10

WITH JSONExtract(message, {p1:String}, 'Nullable(String)') AS f1,
  substring(f1, 1, 1) AS f2,
  if((f2 IN tuple('{', '[', 't', 'f')), multiIf(startsWith(JSONExtractRaw(message, {p1:String}), '"'), f1, (f2 = 't'), '1', (f2 = 'f'), '0', NULL), f1) AS f3
SELECT toString(fromUnixTimestamp64Milli(toInt64(ts), 'UTC')) AS v1, message AS v2, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS v3
FROM log_events
WHERE (((grp = {p2:UInt32}) AND (ts >= {p3:Int64}) AND (ts <= {p4:Int64})) AND (f3 IN (
  WITH ifNotFinite(JSONExtract(message, {p5:String}, 'Nullable(Float64)'), NULL) AS f7,
    JSONExtract(message, {p1:String}, 'Nullable(String)') AS f8,
    substring(f8, 1, 1) AS f9,
    if((f9 IN tuple('{', '[', 't', 'f')), multiIf(startsWith(JSONExtractRaw(message, {p1:String}), '"'), f8, (f9 = 't'), '1', (f9 = 'f'), '0', NULL), f8) AS f10
  SELECT f10 AS c11
  FROM log_events
  WHERE (((grp = {p6:UInt32}) AND (ts >= {p3:Int64}) AND (ts <= {p4:Int64})) AND (f7 = {p7:Float64}))
)))
ORDER BY ts DESC, seq DESC
LIMIT 10

-- p1 = "user"
-- p2 = 7
-- p3 = "1767225600000"
-- p4 = "1767311999999"
-- p5 = "blocked"
-- p6 = 8
-- p7 = 1
