alter database shop set work_mem = '1GB';
