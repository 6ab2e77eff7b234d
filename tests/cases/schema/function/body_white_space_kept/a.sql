create function f(a int) returns int language plpgsql as $x$
begin
    return a;   
end
$x$;
