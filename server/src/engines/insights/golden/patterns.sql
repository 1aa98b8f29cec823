-- filter level = "ERROR" | pattern @message | diff

SELECT f4 AS v1, c5 AS v2, toString(round(c6, 4)) AS v3, toString(round(c7, 4)) AS v4, toString(round(c8, 4)) AS v5
FROM (
  WITH substring(JSONExtractRaw(message, {p1:String}), 1, 1) AS f2,
    multiIf((f2 = '"'), JSONExtractString(JSONExtractRaw(message, {p1:String})), (f2 IN tuple('', '{', '[', 'n')), NULL, (f2 = 't'), '1', (f2 = 'f'), '0', JSONExtractRaw(message, {p1:String})) AS f1,
    substring(message, 1, 1000) AS f3,
    replaceRegexpAll(f3, {p2:String}, {p3:String}) AS f4
  SELECT f4, any(f3) AS c5, toFloat64(countIf((ts >= {p4:Int64}))) AS c6, toFloat64(countIf(not((ts >= {p4:Int64})))) AS c7, toFloat64(countIf((ts >= {p5:Int64}))) AS c8
  FROM log_events
  WHERE (((grp = {p6:UInt32}) AND (((ts >= {p7:Int64}) AND (ts <= {p8:Int64})) OR ((ts >= {p4:Int64}) AND (ts <= {p9:Int64})))) AND (hasToken(message, {p10:String}) AND (f1 = {p10:String})) AND isNotNull(f3))
  GROUP BY f4
)
ORDER BY c6 DESC, f4
LIMIT 5000

-- p1 = "level"
-- p2 = "[^\\s\"'(){}\\[\\]<>,;=|:]*[0-9][^\\s\"'(){}\\[\\]<>,;=|]*"
-- p3 = "\u0001"
-- p4 = "1767225600000"
-- p5 = "1767303359999"
-- p6 = 7
-- p7 = "1767139200000"
-- p8 = "1767225599999"
-- p9 = "1767311999999"
-- p10 = "ERROR"
