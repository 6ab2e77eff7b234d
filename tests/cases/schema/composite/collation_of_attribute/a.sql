create type pair as (a text, b text);
