create text search parser words (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
create text search template same (lexize = dsimple_lexize, init = dsimple_init);
create text search dictionary d (template = same);
create text search configuration c (parser = words);
alter text search configuration c add mapping for asciiword with d;
