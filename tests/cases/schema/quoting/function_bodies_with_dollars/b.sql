create function d1() returns text language sql as $body$ select $$ a $$ || $x$ b $x$ $body$;
create function d2() returns text language plpgsql as '
begin
    execute ''select $function$x$function$'';
    return ''it''''s'';
end';
create procedure d3() language plpgsql as E'begin\r\n  null;\r\nend';
