// One connection: reads requests one after another, has each answered, writes the answer. Every phase has a time limit
// and a size limit; what cannot be read in one way only is refused and the connection closed. Owns itself through the
// handlers under way; all of it runs on the I/O thread but for the answer, which a worker makes while nothing else
// touches the request.
#pragma once

#include <memory>
#include <string>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "serve/house.h"

namespace sekisho::serve {

struct Peer {
  std::string address;
  bool local = false;
};

/// Begins a conversation; `tls` null: in the clear. It tells `house.left` when it is over.
std::shared_ptr<Talk> begin(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context* tls, House& house,
                            Peer peer);
/// Tells somebody for whom there is no room so (in the clear only) and closes.
std::shared_ptr<Talk> turn_away(boost::asio::ip::tcp::socket socket, House& house, Peer peer, int status,
                                std::string_view problem);

}  // namespace sekisho::serve
