-- filter duration > 1000 | stats max(duration) as worst, avg(duration) as usual by log_identifier | sort usual desc

SELECT f6 AS v1, c7 AS v2, toString(round(c8, 4)) AS v3
FROM (
  WITH substring(JSONExtractRaw(message, {p1:String}), 1, 1) AS f2,
    multiIf((f2 = '"'), JSONExtractString(JSONExtractRaw(message, {p1:String})), (f2 IN tuple('', '{', '[', 'n')), NULL, (f2 = 't'), '1', (f2 = 'f'), '0', JSONExtractRaw(message, {p1:String})) AS f1,
    ifNotFinite(toFloat64OrNull(multiIf((f2 = '"'), JSONExtractString(JSONExtractRaw(message, {p1:String})), (f2 IN tuple('', '{', '[', 'n')), NULL, (f2 = 't'), '1', (f2 = 'f'), '0', JSONExtractRaw(message, {p1:String}))), NULL) AS f3,
    substring(JSONExtractRaw(message, {p2:String}), 1, 1) AS f5,
    multiIf((f5 = '"'), JSONExtractString(JSONExtractRaw(message, {p2:String})), (f5 IN tuple('', '{', '[', 'n')), NULL, (f5 = 't'), '1', (f5 = 'f'), '0', JSONExtractRaw(message, {p2:String})) AS f4,
    f4 AS f6
  SELECT f6, coalesce(toString(max(f3)), max(if(isNull(f3), f1, NULL))) AS c7, ifNotFinite(avg(f3), NULL) AS c8
  FROM log_events
  WHERE (((grp = {p3:UInt32}) AND (ts >= {p4:Int64}) AND (ts <= {p5:Int64})) AND (f3 > {p6:Float64}))
  GROUP BY f6
)
ORDER BY c8 DESC NULLS LAST, f6 NULLS LAST
LIMIT 10000

-- p1 = "duration"
-- p2 = "log_identifier"
-- p3 = 7
-- p4 = "1767225600000"
-- p5 = "1767311999999"
-- p6 = 1000
