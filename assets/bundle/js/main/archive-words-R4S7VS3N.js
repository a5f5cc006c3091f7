import{a}from"./chunk-FWNEITSG.js";import"./chunk-ST44CRVO.js";import"./chunk-IZHYMT3F.js";export{a as archiveFailed};
