-- filter level = "ERROR" | pattern @message | diff

SELECT f5 AS v1, c6 AS v2, toString(round(c7, 4)) AS v3, toString(round(c8, 4)) AS v4, toString(round(c9, 4)) AS v5, sum(c12) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS matched
FROM (
  WITH substring(message, 1, 1000) AS f4,
    replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(f4, {p1:String}, {p2:String}), {p3:String}, {p4:String}), {p5:String}, {p4:String}), {p6:String}, {p4:String}), {p7:String}, {p4:String}), {p8:String}, {p4:String}), {p9:String}, {p4:String}), {p10:String}, {p11:String}), {p12:String}, {p13:String}), {p14:String}, {p15:String}), {p16:String}, {p15:String}), {p17:String}, {p15:String}), {p18:String}, {p19:String}), {p20:String}, {p19:String}), {p21:String}, {p22:String}), {p23:String}, {p22:String}), {p24:String}, {p22:String}), {p25:String}, {p22:String}) AS f5
  SELECT f5, any(f4) AS c6, toFloat64(countIf((ts >= {p26:Int64}))) AS c7, toFloat64(countIf(not((ts >= {p26:Int64})))) AS c8, toFloat64(countIf((ts >= {p27:Int64}))) AS c9, count() AS c12
  FROM log_events
  WHERE (((grp = {p28:UInt32}) AND (((ts >= {p29:Int64}) AND (ts <= {p30:Int64})) OR ((ts >= {p26:Int64}) AND (ts <= {p31:Int64})))) AND (like(message, {p32:String}) AND (JSONExtractString(message, {p33:String}) = {p34:String})) AND isNotNull(f4))
  GROUP BY f5
)
ORDER BY c7 DESC, f5
LIMIT 5000

-- p1 = "[\\x11-\\x16]"
-- p2 = " "
-- p3 = "\\b[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?:Z|[+-][0-9]{2}:?[0-9]{2}| [+-][0-9]{4}| UTC| GMT)?"
-- p4 = "\u0011"
-- p5 = "\\b[0-9]{2}/(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?:Z|[+-][0-9]{2}:?[0-9]{2}| [+-][0-9]{4}| UTC| GMT)?"
-- p6 = "\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:[0-9]{2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ 0-9]?[0-9]{1,3} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?: [0-9]{4})?(?:Z|[+-][0-9]{2}:?[0-9]{2}| [+-][0-9]{4}| UTC| GMT)?"
-- p7 = "\\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?: [0-9]{4})?"
-- p8 = "\\b[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}\\b"
-- p9 = "\\b[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?\\b"
-- p10 = "\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b"
-- p11 = "\u0012"
-- p12 = "\\b[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\\.[A-Za-z0-9-]{1,63}){1,8}\\b"
-- p13 = "\u0013"
-- p14 = "\\b[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\b"
-- p15 = "\u0014"
-- p16 = "\\b(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\\b"
-- p17 = "\\b(?:[0-9a-fA-F]{1,4}:){1,6}(?::[0-9a-fA-F]{1,4}){1,6}\\b"
-- p18 = "\\b[0-9]{1,40}\\.[0-9]{1,40}(?:ns|us|ms|s|m|h|d|B|kB|KB|MB|GB|TB|KiB|MiB|GiB|kb|mb|gb)?\\b"
-- p19 = "\u0015"
-- p20 = "\\b[0-9]{1,40}(?:ns|us|ms|s|m|h|d|B|kB|KB|MB|GB|TB|KiB|MiB|GiB|kb|mb|gb)?\\b"
-- p21 = "\\b0[xX][0-9a-fA-F]{1,64}\\b"
-- p22 = "\u0016"
-- p23 = "\\b[0-9a-fA-F]{16,128}\\b"
-- p24 = "\\b(?:[A-Za-z]{0,40}[0-9]){3}[A-Za-z0-9]{0,200}\\b"
-- p25 = "\\b[A-Za-z]{1,40}[0-9][A-Za-z0-9]{10,200}\\b"
-- p26 = "1767225600000"
-- p27 = "1767303359999"
-- p28 = 7
-- p29 = "1767139200000"
-- p30 = "1767225599999"
-- p31 = "1767311999999"
-- p32 = "%\"ERROR\"%"
-- p33 = "level"
-- p34 = "ERROR"
