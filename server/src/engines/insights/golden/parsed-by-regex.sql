-- parse @message /(?<level>[A-Z]+) (?<rest>.*)/ | sort level asc

WITH extractGroups(ifNull(message, ''), {p1:String}) AS f1,
  if(notEmpty(f1), nullIf(arrayElement(f1, 1), ''), NULL) AS f2,
  if(notEmpty(f1), nullIf(arrayElement(f1, 2), ''), NULL) AS f3,
  if(isNull(f2), NULL, isNotNull(ifNotFinite(toFloat64OrNull(f2), NULL))) AS f4,
  ifNotFinite(toFloat64OrNull(f2), NULL) AS f5,
  if(isNull(f5), arrayStringConcat(arrayMap((run) -> if(((run >= '0') AND (run < ':')), concat(leftPad(toString(length(run)), 9, '0'), run), concat(run, char(0))), extractAll(ifNull(f2, ''), '[0-9]+|[^0-9]+'))), f2) AS f6
SELECT toString(fromUnixTimestamp64Milli(toInt64(ts), 'UTC')) AS v1, message AS v2, f2 AS v3, f3 AS v4, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS v5
FROM log_events
WHERE ((grp = {p2:UInt32}) AND (ts >= {p3:Int64}) AND (ts <= {p4:Int64}))
ORDER BY f4 NULLS LAST, f5 NULLS LAST, f6 NULLS LAST, ts DESC, seq DESC
LIMIT 10000

-- p1 = "(?-s)(?P<level>[A-Z]+) (?P<rest>.*)"
-- p2 = 7
-- p3 = "1767225600000"
-- p4 = "1767311999999"
