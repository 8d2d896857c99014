// Boost.JSON is compiled into this one file instead of being linked.
#include <boost/json/src.hpp>
