import{a}from"./chunk-RRVETWYD.js";import"./chunk-DJJSRX6J.js";import"./chunk-IYU334RQ.js";export{a as Relations};
