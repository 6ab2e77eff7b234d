drop collation german;
drop cast (int as text);
drop text search configuration words;
drop operator === (int, int);
