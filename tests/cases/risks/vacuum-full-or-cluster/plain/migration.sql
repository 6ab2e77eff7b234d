vacuum orders;
vacuum (full off, analyze) orders;
