-- stats count(*) as c by bin(1h) as t | fillmissing with 0 for c

SELECT toString(fromUnixTimestamp64Milli(toInt64(e5), 'UTC')) AS v1, toString(round(f7, 4)) AS v2
FROM (
  WITH if((e6 > length(c3)), {p1:Float64}, tupleElement(arrayElement(c4, e6), 1)) AS f7
  SELECT e5, f7
  FROM (
    SELECT c3, c4
    FROM (
      SELECT groupArray(tuple(f1)) AS c3, groupArray(tuple(c2)) AS c4
      FROM (
        WITH (ts - positiveModulo(ts, {p2:Int64})) AS f1
        SELECT f1, toFloat64(count()) AS c2
        FROM log_events
        WHERE ((grp = {p3:UInt32}) AND (ts >= {p4:Int64}) AND (ts <= {p5:Int64}))
        GROUP BY f1
      )
    )
  )
  ARRAY JOIN arrayConcat(arrayMap((item) -> tupleElement(item, 1), c3), arrayFilter((item) -> not(has(arrayMap((item) -> tupleElement(item, 1), c3), item)), arrayDistinct(arrayConcat(arrayMap((place) -> arrayElement(arrayMap((once_1) -> (once_1 - positiveModulo(once_1, {p2:Int64})), [({p4:Int64} + (toInt64(place) * {p2:Int64}))]), 1), range(24)), [({p5:Int64} - positiveModulo({p5:Int64}, {p2:Int64}))])))) AS e5, arrayEnumerate(arrayConcat(arrayMap((item) -> tupleElement(item, 1), c3), arrayFilter((item) -> not(has(arrayMap((item) -> tupleElement(item, 1), c3), item)), arrayDistinct(arrayConcat(arrayMap((place) -> arrayElement(arrayMap((once_1) -> (once_1 - positiveModulo(once_1, {p2:Int64})), [({p4:Int64} + (toInt64(place) * {p2:Int64}))]), 1), range(24)), [({p5:Int64} - positiveModulo({p5:Int64}, {p2:Int64}))]))))) AS e6
)
ORDER BY e5 DESC
LIMIT 10000

-- p1 = 0
-- p2 = "3600000"
-- p3 = 7
-- p4 = "1767225600000"
-- p5 = "1767311999999"
