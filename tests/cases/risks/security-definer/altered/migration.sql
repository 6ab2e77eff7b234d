alter function f() security definer;
