# A trust store is a regular file, and no larger than this. A link may lead to a file that only root can read.
largest=8388608
# is_store PATH: whether the cacerts of that path may be read as one. Its folder is entered.
is_store() { [ ! -h ./cacerts ] && may_be_read "$1" && [ "$size" -le "$largest" ]; }
