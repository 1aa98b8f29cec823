-- stats count(*) as events, pct(ms, 99) as p99 by bin(5m)

SELECT toString(fromUnixTimestamp64Milli(toInt64(f1), 'UTC')) AS v1, toString(round(c5, 4)) AS v2, toString(round(c6, 4)) AS v3
FROM (
  WITH (ts - positiveModulo(ts, {p1:Int64})) AS f1,
    substring(JSONExtractRaw(message, {p2:String}), 1, 1) AS f3,
    ifNotFinite(toFloat64OrNull(multiIf((f3 = '"'), JSONExtractString(JSONExtractRaw(message, {p2:String})), (f3 IN tuple('', '{', '[', 'n')), NULL, (f3 = 't'), '1', (f3 = 'f'), '0', JSONExtractRaw(message, {p2:String}))), NULL) AS f4
  SELECT f1, toFloat64(count()) AS c5, quantileExactInclusive({p3:Float64})(f4) AS c6
  FROM log_events
  WHERE ((grp = {p4:UInt32}) AND (ts >= {p5:Int64}) AND (ts <= {p6:Int64}))
  GROUP BY f1
)
ORDER BY f1 DESC NULLS LAST
LIMIT 10000

-- p1 = "300000"
-- p2 = "ms"
-- p3 = 0.99
-- p4 = 7
-- p5 = "1767225600000"
-- p6 = "1767311999999"
