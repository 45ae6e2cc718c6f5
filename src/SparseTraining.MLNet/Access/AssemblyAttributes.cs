using System.Runtime.CompilerServices;
using Microsoft.ML;
using SparseTraining.MLNet;

// What a model needs in order to be scored by ML.NET's own transformers and to be found again by Model.Load.
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]

// The type that is made, the type that makes it, no arguments, what for, and under which name.
[assembly: LoadableClass(typeof(SparseMlpMulticlassModelParameters), null, typeof(SignatureLoadModel), "Sparse MLP, classes", SparseMlpMulticlassModelParameters.LoaderName)]
[assembly: LoadableClass(typeof(SparseMlpBinaryModelParameters), null, typeof(SignatureLoadModel), "Sparse MLP, two classes", SparseMlpBinaryModelParameters.LoaderName)]
[assembly: LoadableClass(typeof(SparseMlpRegressionModelParameters), null, typeof(SignatureLoadModel), "Sparse MLP, regression", SparseMlpRegressionModelParameters.LoaderName)]
