-- filter requestId = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"

SELECT toString(fromUnixTimestamp64Milli(toInt64(ts), 'UTC')) AS v1, message AS v2, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS v3
FROM log_events
WHERE (((grp = {p1:UInt32}) AND (ts >= {p2:Int64}) AND (ts <= {p3:Int64})) AND (like(message, {p4:String}) AND (JSONExtractString(message, {p5:String}) = {p6:String})))
ORDER BY ts DESC, seq DESC
LIMIT 10000

-- p1 = 7
-- p2 = "1767225600000"
-- p3 = "1767311999999"
-- p4 = "%\"4bf92f35-77b3-4da6-a3ce-929d0e0e4736\"%"
-- p5 = "requestId"
-- p6 = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"
