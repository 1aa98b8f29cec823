-- filter requestId = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"

WITH substring(JSONExtractRaw(message, {p1:String}), 1, 1) AS f2,
  multiIf((f2 = '"'), JSONExtractString(JSONExtractRaw(message, {p1:String})), (f2 IN tuple('', '{', '[', 'n')), NULL, (f2 = 't'), '1', (f2 = 'f'), '0', JSONExtractRaw(message, {p1:String})) AS f1
SELECT toString(fromUnixTimestamp64Milli(toInt64(ts), 'UTC')) AS v1, message AS v2, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS v3
FROM log_events
WHERE (((grp = {p2:UInt32}) AND (ts >= {p3:Int64}) AND (ts <= {p4:Int64})) AND ((hasToken(message, {p5:String}) AND hasToken(message, {p6:String}) AND hasToken(message, {p7:String})) AND (f1 = {p8:String})))
ORDER BY ts DESC, seq DESC
LIMIT 10000

-- p1 = "requestId"
-- p2 = 7
-- p3 = "1767225600000"
-- p4 = "1767311999999"
-- p5 = "929d0e0e4736"
-- p6 = "4bf92f35"
-- p7 = "77b3"
-- p8 = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"
