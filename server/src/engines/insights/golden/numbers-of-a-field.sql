-- filter duration > 1000 | stats max(duration) as worst, avg(duration) as usual by log_identifier | sort usual desc

SELECT f7 AS v1, c8 AS v2, toString(round(c9, 4)) AS v3, sum(c10) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS matched
FROM (
  WITH JSONExtract(message, {p1:String}, 'Nullable(String)') AS f1,
    substring(f1, 1, 1) AS f2,
    if((f2 IN tuple('{', '[', 't', 'f')), multiIf(startsWith(JSONExtractRaw(message, {p1:String}), '"'), f1, (f2 = 't'), '1', (f2 = 'f'), '0', NULL), f1) AS f3,
    ifNotFinite(JSONExtract(message, {p1:String}, 'Nullable(Float64)'), NULL) AS f4,
    JSONExtract(message, {p2:String}, 'Nullable(String)') AS f5,
    substring(f5, 1, 1) AS f6,
    if((f6 IN tuple('{', '[', 't', 'f')), multiIf(startsWith(JSONExtractRaw(message, {p2:String}), '"'), f5, (f6 = 't'), '1', (f6 = 'f'), '0', NULL), f5) AS f7
  SELECT f7, coalesce(toString(max(f4)), max(if(isNull(f4), f3, NULL))) AS c8, ifNotFinite(avg(f4), NULL) AS c9, count() AS c10
  FROM log_events
  WHERE (((grp = {p3:UInt32}) AND (ts >= {p4:Int64}) AND (ts <= {p5:Int64})) AND (f4 > {p6:Float64}))
  GROUP BY f7
)
ORDER BY c9 DESC NULLS LAST, f7 NULLS LAST
LIMIT 10000

-- p1 = "duration"
-- p2 = "log_identifier"
-- p3 = 7
-- p4 = "1767225600000"
-- p5 = "1767311999999"
-- p6 = 1000
