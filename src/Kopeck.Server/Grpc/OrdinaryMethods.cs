namespace Kopeck.Server.Grpc;

/// <summary>Stands for the methods whose messages are of the ordinary size; they are made of the table of calls.</summary>
sealed class OrdinaryMethods;
