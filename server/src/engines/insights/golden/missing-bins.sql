-- stats count(*) as c by bin(1h) as t | fillmissing with 0 for c

SELECT toString(fromUnixTimestamp64Milli(toInt64(e6), 'UTC')) AS v1, toString(round(f9, 4)) AS v2
FROM (
  WITH arrayMap((item) -> tupleElement(item, 1), c3) AS f5,
    arrayConcat(f5, arrayFilter((item) -> not(has(f5, item)), arrayDistinct(arrayConcat(arrayMap((place) -> arrayElement(arrayMap((once_1) -> (once_1 - positiveModulo(once_1, {p1:Int64})), [({p2:Int64} + (toInt64(place) * {p1:Int64}))]), 1), range(24)), [({p3:Int64} - positiveModulo({p3:Int64}, {p1:Int64}))])))) AS f8,
    if((e7 > length(c3)), {p4:Float64}, tupleElement(arrayElement(c4, e7), 1)) AS f9
  SELECT e6, f9
  FROM (
    SELECT c3, c4
    FROM (
      SELECT groupArray(tuple(f1)) AS c3, groupArray(tuple(c2)) AS c4
      FROM (
        WITH (ts - positiveModulo(ts, {p1:Int64})) AS f1
        SELECT f1, toFloat64(count()) AS c2
        FROM log_events
        WHERE ((grp = {p5:UInt32}) AND (ts >= {p2:Int64}) AND (ts <= {p3:Int64}))
        GROUP BY f1
      )
    )
  )
  ARRAY JOIN f8 AS e6, arrayEnumerate(f8) AS e7
)
ORDER BY e6 DESC
LIMIT 10000

-- p1 = "3600000"
-- p2 = "1767225600000"
-- p3 = "1767311999999"
-- p4 = 0
-- p5 = 7
