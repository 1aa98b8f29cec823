-- filter @message like /ERROR|Exception|error/ | stats count() as error_count by @logStream

SELECT stream AS v1, toString(round(c1, 4)) AS v2, sum(c2) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS matched
FROM (
  SELECT stream, toFloat64(count()) AS c1, count() AS c2
  FROM log_events
  WHERE (((grp = {p1:UInt32}) AND (ts >= {p2:Int64}) AND (ts <= {p3:Int64})) AND multiSearchAny(message, {p4:Array(String)}))
  GROUP BY stream
)
ORDER BY stream NULLS LAST
LIMIT 10000

-- p1 = 7
-- p2 = "1767225600000"
-- p3 = "1767311999999"
-- p4 = ["ERROR","Exception","error"]
