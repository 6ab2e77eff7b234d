refresh materialized view sums;
