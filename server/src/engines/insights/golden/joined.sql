-- join type=left left=a right=b where a.id = b.key (SOURCE "/other" | stats count(*) as c by key) | filter ispresent(b.c) | display a.name, b.c

SELECT f12 AS v1, toString(c9) AS v2, c13 AS v3
FROM (
  SELECT f7, ts, seq, f12, c13
  FROM (
    WITH JSONExtract(message, {p1:String}, 'Nullable(String)') AS f5,
      substring(f5, 1, 1) AS f6,
      if((f6 IN tuple('{', '[', 't', 'f')), multiIf(startsWith(JSONExtractRaw(message, {p1:String}), '"'), f5, (f6 = 't'), '1', (f6 = 'f'), '0', NULL), f5) AS f7,
      JSONExtract(message, {p2:String}, 'Nullable(String)') AS f10,
      substring(f10, 1, 1) AS f11,
      if((f11 IN tuple('{', '[', 't', 'f')), multiIf(startsWith(JSONExtractRaw(message, {p2:String}), '"'), f10, (f11 = 't'), '1', (f11 = 'f'), '0', NULL), f10) AS f12
    SELECT ts, seq, f7, f12, base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq))) AS c13
    FROM log_events
    WHERE ((grp = {p3:UInt32}) AND (ts >= {p4:Int64}) AND (ts <= {p5:Int64}))
  )
) AS l
LEFT JOIN (
  SELECT f3 AS c8, toNullable(c4) AS c9
  FROM (
    SELECT f3, c4
    FROM (
      WITH JSONExtract(message, {p6:String}, 'Nullable(String)') AS f1,
        substring(f1, 1, 1) AS f2,
        if((f2 IN tuple('{', '[', 't', 'f')), multiIf(startsWith(JSONExtractRaw(message, {p6:String}), '"'), f1, (f2 = 't'), '1', (f2 = 'f'), '0', NULL), f1) AS f3
      SELECT f3, toFloat64(count()) AS c4
      FROM log_events
      WHERE ((grp = {p7:UInt32}) AND (ts >= {p4:Int64}) AND (ts <= {p5:Int64}))
      GROUP BY f3
    )
  )
) AS r
ON (f7 = c8)
WHERE isNotNull(c9)
ORDER BY ts DESC, seq DESC
LIMIT 10000

-- p1 = "id"
-- p2 = "name"
-- p3 = 7
-- p4 = "1767225600000"
-- p5 = "1767311999999"
-- p6 = "key"
-- p7 = 8
