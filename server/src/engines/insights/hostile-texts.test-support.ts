const ENDS = ['\'', '"', '`', '\\', '\\\'', '\'\'', '"\'', ')', '\')', '\'))', '}', '{', '%', '_', '/', '*/', '$$', '\u2019', '\n', '\r\n', '\t', '']
const ATTACKS = [
  ' OR 1=1 --', ' OR \'a\'=\'a', ' UNION ALL SELECT * FROM log_events --', '; DROP TABLE log_events; --', ' AND sleep(3) = 0 #', '/* */ OR 1 /*',
  ' FORMAT Null', ' SETTINGS max_threads = 1', ' INTO OUTFILE \'/tmp/x\'', '{p1:String}', '{p0:Identifier}', ' LIMIT 0 BY message', '->x', '::UInt8',
  ', message', ') FROM system.tables WHERE (1', ' ARRAY JOIN [1,2]', 'grp = 8', 'CAST(1, \'String\')', ' as message | stats count(*)', ' %s %d ${x}', '\\u0027 or 1',
  '%27%20OR%201', ' IN (SELECT 1)',
]
const ALONE = [
  'NULL', 'true', 'null', 'NaN', 'select', '--', '#', '/*', '*/', ';', '??', '?', ':', '@', '$1', '\\0', '\\x00', '\u0000', '\u0001', '\u001f', '\u007f', '\u00a0', '\u2028', '\ufeff', '\ud83d\udd14',
  'é', 'İ', 'ß', '\u202e', '1e999', '-0', '0x1F', '1\' ', '{', '}', '{}', '[]', '[', '(', '))))', '\'\'\'\'', '""""', '\\\\\\\\', 'a'.repeat(500), '\''.repeat(200), '{p1}', '{:}', '%%', '%_%',
  '\n--\n', '\t\t', '\\N', 'E\'x\'', 'q\'[x]\'', '$$x$$', 'x\\', 'f1', 'v1', 'c1', 'p1', 'ts', 'grp', 'seq', 'message', 'stream', 'log_events', 'system.one', 'currentUser()', 'version()',
]

/** Texts that would do harm where a statement is put together as text. */
export const HOSTILE: readonly string[] = [...ENDS.flatMap(end => ATTACKS.map(attack => `${end}${attack}`)), ...ALONE]
