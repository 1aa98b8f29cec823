-- filter level = "ERROR" | pattern @message | diff

SELECT f5 AS v1, c6 AS v2, toString(round(c7, 4)) AS v3, toString(round(c8, 4)) AS v4, toString(round(c9, 4)) AS v5
FROM (
  WITH substring(message, 1, 1000) AS f4,
    replaceRegexpAll(f4, {p1:String}, {p2:String}) AS f5
  SELECT f5, any(f4) AS c6, toFloat64(countIf((ts >= {p3:Int64}))) AS c7, toFloat64(countIf(not((ts >= {p3:Int64})))) AS c8, toFloat64(countIf((ts >= {p4:Int64}))) AS c9
  FROM log_events
  WHERE (((grp = {p5:UInt32}) AND (((ts >= {p6:Int64}) AND (ts <= {p7:Int64})) OR ((ts >= {p3:Int64}) AND (ts <= {p8:Int64})))) AND (hasToken(message, {p9:String}) AND (JSONExtractString(message, {p10:String}) = {p9:String})) AND isNotNull(f4))
  GROUP BY f5
)
ORDER BY c7 DESC, f5
LIMIT 5000

-- p1 = "[^\\s\"'(){}\\[\\]<>,;=|:]*[0-9][^\\s\"'(){}\\[\\]<>,;=|]*"
-- p2 = "\u0001"
-- p3 = "1767225600000"
-- p4 = "1767303359999"
-- p5 = 7
-- p6 = "1767139200000"
-- p7 = "1767225599999"
-- p8 = "1767311999999"
-- p9 = "ERROR"
-- p10 = "level"
