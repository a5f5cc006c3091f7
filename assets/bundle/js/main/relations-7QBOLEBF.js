import{a}from"./chunk-EV2V7RM4.js";import"./chunk-C6WIRQPL.js";import"./chunk-MFRKR42Q.js";export{a as Relations};
