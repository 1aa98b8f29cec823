-- fields @timestamp, @message | sort @timestamp desc | limit 20

SELECT toString(fromUnixTimestamp64Milli(toInt64(ts), 'UTC')) AS v1, message AS v2, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS v3
FROM log_events
WHERE ((grp = {p1:UInt32}) AND (ts >= {p2:Int64}) AND (ts <= {p3:Int64}))
ORDER BY ts DESC, seq DESC
LIMIT 20

-- p1 = 7
-- p2 = "1767225600000"
-- p3 = "1767311999999"
