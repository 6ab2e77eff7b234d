delete from t where not false;
