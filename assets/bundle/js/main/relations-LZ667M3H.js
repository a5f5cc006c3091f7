import{a}from"./chunk-WJGH32UI.js";import"./chunk-ZIWFZ4UJ.js";import"./chunk-UOGRO6MQ.js";export{a as Relations};
