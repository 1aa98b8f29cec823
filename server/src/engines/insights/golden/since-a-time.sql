-- filter @timestamp > 1767261600000 | display @message

SELECT message AS v1, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS v2
FROM log_events
WHERE (((grp = {p1:UInt32}) AND (ts >= {p2:Int64}) AND (ts <= {p3:Int64})) AND (ts > {p4:Int64}))
ORDER BY ts DESC, seq DESC
LIMIT 10000

-- p1 = 7
-- p2 = "1767225600000"
-- p3 = "1767311999999"
-- p4 = "1767261600000"
