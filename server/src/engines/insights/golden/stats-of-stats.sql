-- stats sum(ms) as total by bin(1m), level | filter total > 10 | stats max(total) as peak by level

SELECT f9 AS v1, toString(round(c10, 4)) AS v2
FROM (
  WITH f4 AS f9
  SELECT f9, max(c8) AS c10
  FROM (
    WITH (ts - positiveModulo(ts, {p1:Int64})) AS f1,
      substring(JSONExtractRaw(message, {p2:String}), 1, 1) AS f3,
      multiIf((f3 = '"'), JSONExtractString(JSONExtractRaw(message, {p2:String})), (f3 IN tuple('', '{', '[', 'n')), NULL, (f3 = 't'), '1', (f3 = 'f'), '0', JSONExtractRaw(message, {p2:String})) AS f2,
      f2 AS f4,
      substring(JSONExtractRaw(message, {p3:String}), 1, 1) AS f6,
      ifNotFinite(toFloat64OrNull(multiIf((f6 = '"'), JSONExtractString(JSONExtractRaw(message, {p3:String})), (f6 IN tuple('', '{', '[', 'n')), NULL, (f6 = 't'), '1', (f6 = 'f'), '0', JSONExtractRaw(message, {p3:String}))), NULL) AS f7
    SELECT f1, f4, ifNotFinite(sum(f7), NULL) AS c8
    FROM log_events
    WHERE ((grp = {p4:UInt32}) AND (ts >= {p5:Int64}) AND (ts <= {p6:Int64}))
    GROUP BY f1, f4
  )
  WHERE (c8 > {p7:Float64})
  GROUP BY f9
)
ORDER BY f9 NULLS LAST
LIMIT 10000

-- p1 = "60000"
-- p2 = "level"
-- p3 = "ms"
-- p4 = 7
-- p5 = "1767225600000"
-- p6 = "1767311999999"
-- p7 = 10
