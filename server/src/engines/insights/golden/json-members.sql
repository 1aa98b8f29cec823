-- fields jsonParse(@message) as j | filter j.items[0].name = "a" | display j.items[0].name as first

WITH if((isValidJSON(message) AND (JSONType(message) IN tuple('Object', 'Array'))), message, NULL) AS f1,
  nullIf(JSONExtractRaw(f1, {p1:String}), '') AS f2,
  nullIf(JSONExtractRaw(if(startsWith(f2, '['), JSONExtractRaw(f2, 1), JSONExtractRaw(f2, {p2:String})), {p3:String}), '') AS f3
SELECT coalesce(multiIf((JSONType(f3) = 'String'), JSONExtractString(f3), (JSONType(f3) IN tuple('Object', 'Array', 'Null')), NULL, f3), f3) AS v1, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS v2
FROM log_events
WHERE (((grp = {p4:UInt32}) AND (ts >= {p5:Int64}) AND (ts <= {p6:Int64})) AND (arrayElement(arrayMap((once_1) -> multiIf((JSONType(once_1) = 'String'), JSONExtractString(once_1), (JSONType(once_1) IN tuple('Object', 'Array', 'Null')), NULL, once_1), [nullIf(JSONExtractRaw(if(startsWith(nullIf(JSONExtractRaw(f1, {p1:String}), ''), '['), JSONExtractRaw(nullIf(JSONExtractRaw(f1, {p1:String}), ''), 1), JSONExtractRaw(nullIf(JSONExtractRaw(f1, {p1:String}), ''), {p2:String})), {p3:String}), '')]), 1) = {p7:String}))
ORDER BY ts DESC, seq DESC
LIMIT 10000

-- p1 = "items"
-- p2 = "0"
-- p3 = "name"
-- p4 = 7
-- p5 = "1767225600000"
-- p6 = "1767311999999"
-- p7 = "a"
