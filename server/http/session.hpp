#pragma once
// One connection, from its first byte to its last.

#include "server/http/line.hpp"
#include "server/http/premises.hpp"
#include "server/http/worker.hpp"

#include <openssl/ossl_typ.h>

#include <memory>

namespace relief::http {

struct NewConnection {
    Socket socket;  ///< belongs to the worker's context
    std::shared_ptr<Worker> worker;
    Seat seat;
    std::shared_ptr<SSL_CTX> tls;  ///< null: plain HTTP
};

/// Serves the connection until it ends. To be called on the worker's thread.
void serve(NewConnection connection);

}  // namespace relief::http
