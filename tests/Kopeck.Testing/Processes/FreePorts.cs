using System.Net;
using System.Net.Sockets;

namespace Kopeck.Testing;

/// <summary>
/// Ports that a server can come back to after it was killed: below those that the system gives to outgoing connections, one of which could
/// take the port in the meantime, or even connect to itself.
/// </summary>
public static class FreePorts
{
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(12_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Someone else's.
            }
        }
    }
}
