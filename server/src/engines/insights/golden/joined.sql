-- join type=left left=a right=b where a.id = b.key (SOURCE "/other" | stats count(*) as c by key) | filter ispresent(b.c) | display a.name, b.c

SELECT f9 AS v1, toString(c8) AS v2, c11 AS v3
FROM (
  SELECT f5, ts, seq, f9, c11
  FROM (
    WITH substring(JSONExtractRaw(message, {p1:String}), 1, 1) AS f6,
      multiIf((f6 = '"'), JSONExtractString(JSONExtractRaw(message, {p1:String})), (f6 IN tuple('', '{', '[', 'n')), NULL, (f6 = 't'), '1', (f6 = 'f'), '0', JSONExtractRaw(message, {p1:String})) AS f5,
      substring(JSONExtractRaw(message, {p2:String}), 1, 1) AS f10,
      multiIf((f10 = '"'), JSONExtractString(JSONExtractRaw(message, {p2:String})), (f10 IN tuple('', '{', '[', 'n')), NULL, (f10 = 't'), '1', (f10 = 'f'), '0', JSONExtractRaw(message, {p2:String})) AS f9
    SELECT ts, seq, f5, f9, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS c11
    FROM log_events
    WHERE ((grp = {p3:UInt32}) AND (ts >= {p4:Int64}) AND (ts <= {p5:Int64}))
  )
) AS l
LEFT JOIN (
  SELECT f3 AS c7, toNullable(c4) AS c8
  FROM (
    SELECT f3, c4
    FROM (
      WITH substring(JSONExtractRaw(message, {p6:String}), 1, 1) AS f2,
        multiIf((f2 = '"'), JSONExtractString(JSONExtractRaw(message, {p6:String})), (f2 IN tuple('', '{', '[', 'n')), NULL, (f2 = 't'), '1', (f2 = 'f'), '0', JSONExtractRaw(message, {p6:String})) AS f1,
        f1 AS f3
      SELECT f3, toFloat64(count()) AS c4
      FROM log_events
      WHERE ((grp = {p7:UInt32}) AND (ts >= {p4:Int64}) AND (ts <= {p5:Int64}))
      GROUP BY f3
    )
  )
) AS r
ON (f5 = c7)
WHERE isNotNull(c8)
ORDER BY ts DESC, seq DESC
LIMIT 10000

-- p1 = "id"
-- p2 = "name"
-- p3 = 7
-- p4 = "1767225600000"
-- p5 = "1767311999999"
-- p6 = "key"
-- p7 = 8
