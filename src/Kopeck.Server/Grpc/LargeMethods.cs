namespace Kopeck.Server.Grpc;

/// <summary>Stands for the methods whose messages may be large: batches, bulk submissions and feeds.</summary>
sealed class LargeMethods;
