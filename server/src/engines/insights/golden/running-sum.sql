-- sort @timestamp | accum ms as total | filter total > 1000

SELECT toString(fromUnixTimestamp64Milli(toInt64(c6), 'UTC')) AS v1, message AS v2, toString(f4) AS v3, c7 AS v4
FROM (
  WITH substring(JSONExtractRaw(message, {p1:String}), 1, 1) AS f2,
    ifNotFinite(toFloat64OrNull(multiIf((f2 = '"'), JSONExtractString(JSONExtractRaw(message, {p1:String})), (f2 IN tuple('', '{', '[', 'n')), NULL, (f2 = 't'), '1', (f2 = 'f'), '0', JSONExtractRaw(message, {p1:String}))), NULL) AS f3,
    sum(f3) OVER (ORDER BY ts NULLS LAST, ts DESC, seq DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS f4
  SELECT ts, ts AS c5, seq, f4, ts AS c6, message, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS c7
  FROM log_events
  WHERE ((grp = {p2:UInt32}) AND (ts >= {p3:Int64}) AND (ts <= {p4:Int64}))
)
WHERE (f4 > {p5:Float64})
ORDER BY ts NULLS LAST, c5 DESC, seq DESC
LIMIT 10000

-- p1 = "ms"
-- p2 = 7
-- p3 = "1767225600000"
-- p4 = "1767311999999"
-- p5 = 1000
