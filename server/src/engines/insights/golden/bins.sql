-- stats count(*) as events, pct(ms, 99) as p99 by bin(5m)

SELECT toString(fromUnixTimestamp64Milli(toInt64(f1), 'UTC')) AS v1, toString(round(c6, 4)) AS v2, toString(round(c7, 4)) AS v3, sum(c8) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS matched
FROM (
  WITH (ts - positiveModulo(ts, {p1:Int64})) AS f1,
    ifNotFinite(JSONExtract(message, {p2:String}, 'Nullable(Float64)'), NULL) AS f5
  SELECT f1, toFloat64(count()) AS c6, quantileExactInclusive({p3:Float64})(f5) AS c7, count() AS c8
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
