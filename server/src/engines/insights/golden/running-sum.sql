-- sort @timestamp | accum ms as total | filter total > 1000

SELECT toString(fromUnixTimestamp64Milli(toInt64(ts), 'UTC')) AS v1, message AS v2, toString(f5) AS v3, c6 AS v4
FROM (
  WITH ifNotFinite(JSONExtract(message, {p1:String}, 'Nullable(Float64)'), NULL) AS f4,
    sum(f4) OVER (ORDER BY ts, seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS f5
  SELECT ts, seq, f5, message, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS c6
  FROM log_events
  WHERE ((grp = {p2:UInt32}) AND (ts >= {p3:Int64}) AND (ts <= {p4:Int64}))
)
WHERE (f5 > {p5:Float64})
ORDER BY ts, seq
LIMIT 10000

-- p1 = "ms"
-- p2 = 7
-- p3 = "1767225600000"
-- p4 = "1767311999999"
-- p5 = 1000
