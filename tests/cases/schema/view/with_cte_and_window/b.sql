create table sale (id int primary key, at date, amount numeric, shop text);

create view report as
with monthly as (
    select shop, date_trunc('month', at) as month, sum(amount) as total from sale group by 1, 2
)
select *, rank() over (partition by month order by total desc) as place,
    total - lag(total) over w as change, count(*) filter (where total > 10) over w as big
from monthly window w as (partition by shop order by month);
