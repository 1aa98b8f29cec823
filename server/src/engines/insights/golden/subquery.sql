-- filter user in (SOURCE "/other" | filter blocked = 1 | fields user) | limit 10

WITH substring(JSONExtractRaw(message, {p1:String}), 1, 1) AS f2,
  multiIf((f2 = '"'), JSONExtractString(JSONExtractRaw(message, {p1:String})), (f2 IN tuple('', '{', '[', 'n')), NULL, (f2 = 't'), '1', (f2 = 'f'), '0', JSONExtractRaw(message, {p1:String})) AS f1
SELECT toString(fromUnixTimestamp64Milli(toInt64(ts), 'UTC')) AS v1, message AS v2, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS v3
FROM log_events
WHERE (((grp = {p2:UInt32}) AND (ts >= {p3:Int64}) AND (ts <= {p4:Int64})) AND (f1 IN (
  WITH substring(JSONExtractRaw(message, {p5:String}), 1, 1) AS f4,
    ifNotFinite(toFloat64OrNull(multiIf((f4 = '"'), JSONExtractString(JSONExtractRaw(message, {p5:String})), (f4 IN tuple('', '{', '[', 'n')), NULL, (f4 = 't'), '1', (f4 = 'f'), '0', JSONExtractRaw(message, {p5:String}))), NULL) AS f5,
    substring(JSONExtractRaw(message, {p1:String}), 1, 1) AS f7,
    multiIf((f7 = '"'), JSONExtractString(JSONExtractRaw(message, {p1:String})), (f7 IN tuple('', '{', '[', 'n')), NULL, (f7 = 't'), '1', (f7 = 'f'), '0', JSONExtractRaw(message, {p1:String})) AS f6
  SELECT f6 AS c8
  FROM log_events
  WHERE (((grp = {p6:UInt32}) AND (ts >= {p3:Int64}) AND (ts <= {p4:Int64})) AND (f5 = {p7:Float64}))
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
