import{a}from"./chunk-YATE2LTW.js";import"./chunk-QNOUDKWC.js";import"./chunk-GBNEMQPM.js";export{a as Relations};
