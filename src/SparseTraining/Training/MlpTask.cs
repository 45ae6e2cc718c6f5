namespace SparseTraining.Training;

/// <summary>What a network is to learn; it decides the output activation and the loss unless those are given.</summary>
public enum MlpTask
{
    /// <summary>One class of several: softmax and categorical cross-entropy; targets are class labels.</summary>
    MulticlassClassification,

    /// <summary>Yes or no, with one output: sigmoid and binary cross-entropy; targets are class labels 0 and 1.</summary>
    BinaryClassification,

    /// <summary>Any number of classes at once: sigmoid and binary cross-entropy; targets are one 0/1 value per class.</summary>
    MultiLabelClassification,

    /// <summary>Real numbers: identity and mean squared error; targets are values.</summary>
    Regression,
}
