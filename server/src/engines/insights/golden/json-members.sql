-- fields jsonParse(@message) as j | filter j.items[0].name = "a" | display j.items[0].name as first

WITH tuple('Object', 'Array') AS f1,
  if(match(message, {p1:String}), arrayStringConcat(arrayMap((token) -> if((match(token, {p2:String}) AND isNull(toInt64OrNull(token)) AND isNull(toUInt64OrNull(token))), concat('"', token, '"'), token), extractAll(message, {p3:String}))), message) AS f2,
  multiIf((isValidJSON(message) AND (JSONType(message) IN f1)), message, (isValidJSON(f2) AND (JSONType(f2) IN f1)), f2, NULL) AS f3,
  nullIf(JSONExtractRaw(f3, {p4:String}), '') AS f4,
  nullIf(JSONExtractRaw(if(startsWith(f4, '['), JSONExtractRaw(f4, 1), JSONExtractRaw(f4, {p5:String})), {p6:String}), '') AS f5
SELECT coalesce(multiIf((JSONType(f5) = 'String'), JSONExtractString(f5), (JSONType(f5) IN tuple('Object', 'Array', 'Null')), NULL, f5), f5) AS v1, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS v2
FROM log_events
WHERE (((grp = {p7:UInt32}) AND (ts >= {p8:Int64}) AND (ts <= {p9:Int64})) AND (arrayElement(arrayMap((once_1) -> multiIf((JSONType(once_1) = 'String'), JSONExtractString(once_1), (JSONType(once_1) IN tuple('Object', 'Array', 'Null')), NULL, once_1), [nullIf(JSONExtractRaw(if(startsWith(nullIf(JSONExtractRaw(f3, {p4:String}), ''), '['), JSONExtractRaw(nullIf(JSONExtractRaw(f3, {p4:String}), ''), 1), JSONExtractRaw(nullIf(JSONExtractRaw(f3, {p4:String}), ''), {p5:String})), {p6:String}), '')]), 1) = {p10:String}))
ORDER BY ts DESC, seq DESC
LIMIT 10000

-- p1 = "[0-9]{20}|-[0-9]{19}"
-- p2 = "^-?[0-9]{19,}$"
-- p3 = "(?s)\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|[^\"0-9-]+|."
-- p4 = "items"
-- p5 = "0"
-- p6 = "name"
-- p7 = 7
-- p8 = "1767225600000"
-- p9 = "1767311999999"
-- p10 = "a"
