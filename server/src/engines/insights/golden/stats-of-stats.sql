-- stats sum(ms) as total by bin(1m), level | filter total > 10 | stats max(total) as peak by level

SELECT f4 AS v1, toString(round(c10, 4)) AS v2
FROM (
  SELECT f4, max(c9) AS c10
  FROM (
    WITH (ts - positiveModulo(ts, {p1:Int64})) AS f1,
      JSONExtract(message, {p2:String}, 'Nullable(String)') AS f2,
      substring(f2, 1, 1) AS f3,
      if((f3 IN tuple('{', '[', 't', 'f')), multiIf(startsWith(JSONExtractRaw(message, {p2:String}), '"'), f2, (f3 = 't'), '1', (f3 = 'f'), '0', NULL), f2) AS f4,
      ifNotFinite(JSONExtract(message, {p3:String}, 'Nullable(Float64)'), NULL) AS f8
    SELECT f1, f4, ifNotFinite(sum(f8), NULL) AS c9
    FROM log_events
    WHERE ((grp = {p4:UInt32}) AND (ts >= {p5:Int64}) AND (ts <= {p6:Int64}))
    GROUP BY f1, f4
  )
  WHERE (c9 > {p7:Float64})
  GROUP BY f4
)
ORDER BY f4 NULLS LAST
LIMIT 10000

-- p1 = "60000"
-- p2 = "level"
-- p3 = "ms"
-- p4 = 7
-- p5 = "1767225600000"
-- p6 = "1767311999999"
-- p7 = 10
