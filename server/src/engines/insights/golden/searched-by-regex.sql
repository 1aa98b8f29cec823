-- filter @message like /5\d\d/ and @message not like "health"

SELECT toString(fromUnixTimestamp64Milli(toInt64(ts), 'UTC')) AS v1, message AS v2, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS v3
FROM log_events
WHERE (((grp = {p1:UInt32}) AND (ts >= {p2:Int64}) AND (ts <= {p3:Int64})) AND (match(message, {p4:String}) AND not(like(message, {p5:String}))))
ORDER BY ts DESC, seq DESC
LIMIT 10000

-- p1 = 7
-- p2 = "1767225600000"
-- p3 = "1767311999999"
-- p4 = "5\\d\\d"
-- p5 = "%health%"
