-- parse @message "user=*, method:*" as user, method | filter method = "GET" | dedup user | limit 5

WITH extractGroups(ifNull(message, ''), {p1:String}) AS f1,
  if(notEmpty(f1), arrayElement(f1, 1), NULL) AS f2,
  if(notEmpty(f1), arrayElement(f1, 2), NULL) AS f3,
  if(isNull(f2), rowNumberInAllBlocks(), negate(1)) AS f4
SELECT toString(fromUnixTimestamp64Milli(toInt64(ts), 'UTC')) AS v1, message AS v2, f2 AS v3, f3 AS v4, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS v5
FROM log_events
WHERE (((grp = {p2:UInt32}) AND (ts >= {p3:Int64}) AND (ts <= {p4:Int64})) AND (f3 = {p5:String}))
ORDER BY ts DESC, seq DESC
LIMIT 1 BY f2, f4
LIMIT 5

-- p1 = "(?s)user=(.*?), method:(.*)"
-- p2 = 7
-- p3 = "1767225600000"
-- p4 = "1767311999999"
-- p5 = "GET"
